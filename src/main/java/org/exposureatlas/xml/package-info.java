/**
 * The raw reader of XML documents, a Spark data source. It knows XML and Spark, nothing of scan
 * sources, and takes files from {@code raw}. Start reading at {@link
 * org.exposureatlas.xml.XmlRecordsSource}.
 */
package org.exposureatlas.xml;

/**
 * What Spark needs to call Java of this project from a query. It uses Spark alone. Start reading at
 * {@link org.exposureatlas.function.FunctionSet}.
 */
package org.exposureatlas.function;

package org.exposureatlas.report;

import java.util.Locale;

/**
 * What the ranking lets one conclude, and what not, in a sentence.
 *
 * @param first name of the country with most volume, as the subject of a sentence
 * @param second name of the one that follows; null: none
 * @param interval its volume, as "600 TB to 800 TB"; null: not known
 * @param firstProbability share of resampled worlds in which it is first; null: not known
 */
record Conclusion(String first, String second, String interval, Double firstProbability) {

  private static final double SURE = 0.95;
  private static final double PERCENT = 100;

  /** One sentence on the order, one on the volume and on what no figure holds. */
  String sentence() {
    return order() + " " + volume();
  }

  private String order() {
    if (firstProbability == null) {
      return "How sure this order is, is not known.";
    }
    if (second == null) {
      return "No other country is shown to compare with.";
    }
    String worlds =
        String.format(Locale.ROOT, "%.0f %% of the resampled worlds", PERCENT * firstProbability);
    return firstProbability >= SURE
        ? "It can be concluded that " + middle(first) + " is first: it leads in " + worlds + "."
        : "Which country is first cannot be concluded: "
            + middle(first)
            + " leads in "
            + worlds
            + " only.";
  }

  private String volume() {
    String unseen =
        "stores that the scan did not reach, and data that a store does not report, are in no figure";
    return interval == null
        ? "Nothing is said of what was not seen: " + unseen + "."
        : "By which stores happened to be seen, its volume lies between "
            + interval
            + " (95 % interval); "
            + unseen
            + ".";
  }

  /** An article is not capitalised within a sentence. */
  private static String middle(String name) {
    return name.startsWith("The ") ? "the " + name.substring("The ".length()) : name;
  }
}

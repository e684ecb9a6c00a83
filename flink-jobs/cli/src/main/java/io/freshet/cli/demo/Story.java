/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.example.training.Outcome;
import io.freshet.example.training.Quality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code --train} found.
 *
 * @param trained edits that the training sets are about
 * @param asked edits that the models were asked about
 * @param outcomes what each training set promised and kept
 * @param redis whether Redis held at some moments what a training set says was served then
 * @param seconds all of it took
 */
record Story(int trained, int asked, List<Outcome> outcomes, RedisCheck redis, double seconds) {

    private static final String ROW = "%-22s %9s %6s %9s %6s %9s %6s %9s %6s%n";

    Story {
        outcomes = List.copyOf(outcomes);
    }

    /** For machines. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("trained_edits", trained);
        fields.put("asked_edits", asked);
        fields.put("outcomes", outcomes.stream().map(Story::fields).toList());
        fields.put("redis", redis.fields());
        fields.put("seconds", rounded(seconds, 2));
        return fields;
    }

    private static Map<String, Object> fields(Outcome outcome) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("set", outcome.set().name().toLowerCase(Locale.ROOT));
        fields.put("held_out", outcome.split().name().toLowerCase(Locale.ROOT));
        fields.put("promised", fields(outcome.promised()));
        fields.put("served", fields(outcome.served()));
        fields.put("served_unseen_users", fields(outcome.servedUnseenUsers()));
        fields.put("served_without_vi", fields(outcome.servedWithoutVietnamese()));
        return fields;
    }

    private static Map<String, Object> fields(Quality quality) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("auc", rounded(quality.auc(), 4));
        fields.put("average_precision", rounded(quality.averagePrecision(), 4));
        fields.put("edits", quality.examples());
        fields.put("robots", quality.positives());
        return fields;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%nFind the bots: trained on %,d edits before 16:00, asked about the %,d after it, by what was served.%n",
                trained,
                asked));
        Outcome.Split split = null;
        for (Outcome outcome : outcomes) {
            if (outcome.split() != split) {
                split = outcome.split();
                text.append(String.format(Locale.ROOT, "%nHeld out: %s%n", split.title()));
                text.append(row("", "promised", "", "served", "", "new users", "", "without vi", ""));
                text.append(row("training set", "AUC", "AP", "AUC", "AP", "AUC", "AP", "AUC", "AP"));
            }
            text.append(row(
                    outcome.set().title(),
                    number(outcome.promised().auc()),
                    number(outcome.promised().averagePrecision()),
                    number(outcome.served().auc()),
                    number(outcome.served().averagePrecision()),
                    number(outcome.servedUnseenUsers().auc()),
                    number(outcome.servedUnseenUsers().averagePrecision()),
                    number(outcome.servedWithoutVietnamese().auc()),
                    number(outcome.servedWithoutVietnamese().averagePrecision())));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nOf %,d rows read from Redis meanwhile, %,d are what the training set has for that moment; for %,d it has%n"
                        + "a later expiry, which the watermark had not passed; %,d differ. (%.1f s)%n",
                redis.rows(),
                redis.same(),
                redis.expiryPending(),
                redis.different(),
                seconds));
        return text.toString();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing() + System.lineSeparator();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static double rounded(double value, int digits) {
        return Double.parseDouble(String.format(Locale.ROOT, "%." + digits + "f", value));
    }
}

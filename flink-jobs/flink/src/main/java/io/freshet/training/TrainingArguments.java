/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a training set on the command line of {@code flink run}, named as those of {@code freshet training-set};
 * all others are settings of the deployment.
 *
 * @param options what is asked for
 * @param others what is left, for the settings
 */
record TrainingArguments(TrainingOptions options, List<String> others) {

    static final String USAGE =
            "flink run -c io.freshet.training.TrainingSetJob <jar> (--spine FILE|--served FILE) --views VIEW[:FEATURE,...],..."
                    + " --out FILE [--as-of-column COLUMN] [--time-unit s|ms|us|ns] [--time-zone ZONE] [--key FIELD=COLUMN]... [--archive DIR]"
                    + " [--max-age DURATION] [--delay DURATION] [--horizon DURATION] [--warming leave-out|keep]"
                    + " [--request FIELD=COLUMN]... [--ages read|stored] [--overwrite]"
                    + " [--config <freshet.yaml>] [--<setting> <value>]...";

    TrainingArguments {
        others = List.copyOf(others);
    }

    /** Takes the options out of a command line. */
    static TrainingArguments read(String[] arguments) throws TrainingException {
        Map<String, String> given = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        Map<String, String> requests = new HashMap<>();
        List<String> others = new ArrayList<>();
        boolean overwrite = false;
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--overwrite")) {
                overwrite = true;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new TrainingException("Cannot read " + name + ": it has no value. Usage: " + USAGE);
            }
            String value = arguments[++i];
            switch (name) {
                case "--key" -> keys.put(before(name, value), value.substring(value.indexOf('=') + 1));
                case "--request" -> requests.put(before(name, value), value.substring(value.indexOf('=') + 1));
                default -> {
                    if (TrainingOptions.NAMES.contains(name)) {
                        given.put(name, value);
                    } else {
                        others.addAll(List.of(name, value));
                    }
                }
            }
        }
        for (String name : List.of("--views", "--out")) {
            if (!given.containsKey(name)) {
                throw new TrainingException("Missing option " + name + ". Usage: " + USAGE);
            }
        }
        TrainingOptions options = TrainingOptions.read(given, keys, requests, overwrite);
        return new TrainingArguments(options, others);
    }

    private static String before(String option, String pair) throws TrainingException {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new TrainingException("Cannot read " + option + " '" + pair + "', expected FIELD=COLUMN");
        }
        return pair.substring(0, equals);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stack traces as text, which is how Flink tells a failure over HTTP. */
final class StackTraces {

    /** {@code Caused by: java.lang.IllegalStateException: its message}; some messages start with another such line. */
    private static final Pattern CAUSE =
            Pattern.compile("(?:Caused by: )?((?:[\\w$]+\\.)+[\\w$]*(?:Exception|Error|Throwable)): ?(.*)");

    private static final Pattern NO_MESSAGE = Pattern.compile(
            "\\s+at .*|\\s*\\.\\.\\. \\d+ more|(?:Caused by: )?[\\w$.]+|End of exception on server side>.*");

    private StackTraces() {}

    /** The message of the deepest cause of ours, else of the deepest of any, all its lines; else the first line. */
    static String reason(String trace) {
        List<Message> messages = new ArrayList<>();
        boolean inMessage = false;
        for (String line : trace.split("\\R")) {
            Matcher cause = innermost(line);
            if (cause.matches()) {
                inMessage = !cause.group(2).isBlank();
                if (inMessage) {
                    messages.add(new Message(cause.group(1), new StringBuilder(cause.group(2))));
                }
            } else if (NO_MESSAGE.matcher(line).matches()) {
                inMessage = false;
            } else if (inMessage) {
                messages.get(messages.size() - 1).text().append('\n').append(line);
            }
        }
        return messages.stream()
                .filter(message -> message.type().startsWith("io.freshet."))
                .reduce((first, deeper) -> deeper)
                .or(() -> messages.stream().reduce((first, deeper) -> deeper))
                .map(message -> message.text().toString().strip())
                .orElseGet(() -> trace.lines().findFirst().orElse(""));
    }

    private static Matcher innermost(String line) {
        Matcher cause = CAUSE.matcher(line);
        if (!cause.matches()) {
            return cause;
        }
        Matcher inner = innermost(cause.group(2));
        return inner.matches() ? inner : cause;
    }

    private record Message(String type, StringBuilder text) {}
}

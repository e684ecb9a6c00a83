/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.lettuce.core.RedisCommandTimeoutException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store does not take rows for now: it is away, silent or full. Its message says what to do; trying again may help. */
final class StoreTroubleException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What answers of servers have in them, from Redis 5 on, and what to do then. */
    private static final Map<String, String> ADVICE = Map.of(
            "OOM command not allowed",
            "it has no memory left: raise its maxmemory, or give views a shorter online.ttl",
            "MISCONF",
            "it cannot save to its disk: see whether that is full",
            "READONLY",
            "it is a replica: redis.uri has to lead to the primary",
            "LOADING",
            "it is reading its data and will answer when it has",
            "NOREPLICAS",
            "too few of its replicas are there");

    private static final String SILENT =
            "it takes connections but does not answer: see what it is busy with (SLOWLOG GET, INFO), or whether its process"
                    + " or machine is stopped";
    private static final String AWAY = "see whether it runs and can be reached from here";

    private StoreTroubleException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What a client met, as an exception that says what to do.
     *
     * @param place host and port of the server
     */
    static StoreTroubleException of(Throwable failure, String view, String place) {
        Throwable first = failure;
        String advice = isSilence(failure) ? SILENT : AWAY;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String answer = String.valueOf(cause.getMessage());
            advice = ADVICE.entrySet().stream()
                    .filter(known -> answer.contains(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(advice);
            first = cause;
        }
        return new StoreTroubleException(
                "Redis at " + place + " does not take rows of view '" + view + "': " + first.getMessage() + "; "
                        + advice,
                failure);
    }

    /** Whether a server did not answer in time, on a connection that may be dead without anybody having said so. */
    static boolean isSilence(@Nullable Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandTimeoutException) {
                return true;
            }
        }
        return false;
    }
}

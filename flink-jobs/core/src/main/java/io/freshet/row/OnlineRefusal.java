/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server that answers, but will not have us: a wrong password, or a user without the right. To ask again is of
 * no use; someone has to set it right.
 */
public final class OnlineRefusal {

    /** How the answers of servers begin, from Redis 5 on. None repeats a password. */
    private static final List<String> LOGIN = List.of(
            "NOAUTH",
            "WRONGPASS",
            "ERR invalid password",
            "ERR Client sent AUTH",
            "ERR AUTH <password> called without");

    private static final List<String> RIGHTS =
            List.of("NOPERM", "ERR ACL failure in script", "ERR The user executing the script");

    private OnlineRefusal() {}

    /**
     * Says what to do about a failure that is a refusal; empty for all others.
     *
     * @param failure what a client met; its causes are looked at, too
     * @param place host and port of the server
     */
    public static Optional<String> explain(Throwable failure, String place) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String answer = withoutFullStop(String.valueOf(cause.getMessage()));
            if (LOGIN.stream().anyMatch(answer::startsWith)) {
                return Optional.of("Cannot log in to Redis at " + place + ": " + answer
                        + "; check redis.username and redis.password");
            }
            if (RIGHTS.stream().anyMatch(answer::startsWith)) {
                return Optional.of("Cannot use Redis at " + place + ": " + answer
                        + "; check the rights of the user that redis.username names");
            }
        }
        return Optional.empty();
    }

    private static String withoutFullStop(String answer) {
        return answer.endsWith(".") ? answer.substring(0, answer.length() - 1) : answer;
    }
}

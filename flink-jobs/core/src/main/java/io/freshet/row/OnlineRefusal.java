/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server that answers, but will not have us, or that we will not have: a wrong password, a user without the right, a
 * certificate that nobody we trust has signed. To ask again is of no use; someone has to set it right.
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

    /** What Netty says where the other side does not speak TLS. */
    private static final String NO_TLS = "not an SSL/TLS record";

    private OnlineRefusal() {}

    /**
     * Says what to do about a failure to connect that is a refusal; empty for all others.
     *
     * @param failure what a client met; its causes are looked at, too
     * @param place host and port of the server
     */
    public static Optional<String> explain(Throwable failure, String place) {
        return explain(
                failure,
                "Cannot use Redis at " + place,
                place,
                "check the rights of the user that redis.username names");
    }

    /**
     * Says what to do about a failure of a command that is a refusal; empty for all others.
     *
     * @param failure what a client met; its causes are looked at, too
     * @param place host and port of the server
     * @param command what was run: {@code EVALSHA}
     * @param keys on which keys, a pattern
     * @param needed the rights that the user should have
     */
    public static Optional<String> explain(
            Throwable failure, String place, String command, String keys, OnlineRights needed) {
        return explain(
                failure,
                "Cannot run " + command + " on keys " + keys + " of Redis at " + place,
                place,
                howToAllow(needed));
    }

    /** What to do where a right is missing. */
    public static String howToAllow(OnlineRights needed) {
        return "give the user that redis.username names the rights " + needed.rules();
    }

    /** Whether a server says that a right is missing. */
    public static boolean isMissingRight(String answer) {
        return RIGHTS.stream().anyMatch(answer::startsWith);
    }

    private static Optional<String> explain(Throwable failure, String denied, String place, String remedy) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String answer = withoutFullStop(String.valueOf(cause.getMessage()));
            if (LOGIN.stream().anyMatch(answer::startsWith)) {
                return Optional.of("Cannot log in to Redis at " + place + ": " + answer
                        + "; check redis.username and redis.password");
            }
            if (isMissingRight(answer)) {
                return Optional.of(denied + ": " + answer + "; " + remedy);
            }
            if (cause instanceof CertificateException) {
                return Optional.of("Cannot trust Redis at " + place + ": " + answer
                        + "; set redis.ca_certificates to the certificates of who signed that of the server");
            }
            if (cause instanceof SSLException && answer.startsWith(NO_TLS)) {
                return Optional.of("Cannot talk TLS with Redis at " + place
                        + ": it answers without TLS; write redis:// in" + " redis.uri, or name its TLS port");
            }
        }
        return Optional.empty();
    }

    private static String withoutFullStop(String answer) {
        return answer.endsWith(".") ? answer.substring(0, answer.length() - 1) : answer;
    }
}

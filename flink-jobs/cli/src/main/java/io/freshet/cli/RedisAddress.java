/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.config.FreshetConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/** The address of the online store in the form that clients want. */
final class RedisAddress {

    private RedisAddress() {}

    /** The URI with user and password in it: never to be shown. */
    static String withPassword(FreshetConfig.Redis redis) {
        if (redis.password().isEmpty()) {
            return redis.uri();
        }
        String user = redis.username().map(RedisAddress::encoded).orElse("");
        String password = encoded(redis.password().get().value());
        return redis.uri().replaceFirst("://", "://" + Matcher.quoteReplacement(user + ":" + password) + "@");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

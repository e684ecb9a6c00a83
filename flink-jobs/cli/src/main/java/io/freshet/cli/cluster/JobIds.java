/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of jobs: half of one tells the namespace, the other half when it was deployed. So the folders that Flink names after
 * its jobs say whose checkpoints they hold, whatever became of the JobManager.
 */
final class JobIds {

    private static final int PREFIX_BYTES = 8;

    private JobIds() {}

    /** What the ids of all jobs of a namespace start with: 16 hexadecimal digits. */
    static String prefix(String namespace) {
        byte[] digest = sha256().digest(namespace.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, PREFIX_BYTES);
    }

    /** An id for a job that is deployed at that moment, ms. */
    static String at(String namespace, long millis) {
        return prefix(namespace) + "%016x".formatted(millis);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

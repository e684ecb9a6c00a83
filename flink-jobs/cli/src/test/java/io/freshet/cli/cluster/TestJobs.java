/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

/** Jobs as deployments name them, for tests elsewhere. */
public final class TestJobs {

    private TestJobs() {}

    /** An id of a job of that namespace. */
    public static String id(String namespace) {
        return JobIds.at(namespace, 1_000);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes several things, each whatever became of the one before. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void all(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("Cannot stop {}: {}", part.getClass().getSimpleName(), e.getMessage(), e);
            }
        }
    }
}

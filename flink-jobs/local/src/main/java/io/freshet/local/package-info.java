/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Kafka, Redis and Flink on this machine, for trying, testing and the demo: one JVM and one Redis process. Start
 * reading at {@link io.freshet.local.LocalStack}.
 */
@NullMarked
package io.freshet.local;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A cluster on this machine of processes of their own, as a deployment has it: Flink's JobManager and TaskManagers, a
 * Kafka broker, Redis. Start reading at {@link io.freshet.local.cluster.LocalCluster}.
 */
@NullMarked
package io.freshet.local.cluster;

import org.jspecify.annotations.NullMarked;

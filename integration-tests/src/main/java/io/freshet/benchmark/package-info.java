/* SPDX-License-Identifier: Apache-2.0 */
/** Throughput of the window operator beside Flink's own windows. Start at WindowBenchmark. */
@NullMarked
package io.freshet.benchmark;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
/** What Freshet costs, beside what it could be compared with. Start at Benchmark; BENCHMARKS.md explains each suite. */
@NullMarked
package io.freshet.benchmark;

import org.jspecify.annotations.NullMarked;

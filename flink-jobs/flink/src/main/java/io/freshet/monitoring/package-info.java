/* SPDX-License-Identifier: Apache-2.0 */
/** What a running job tells of each view, as metrics of Flink. Start at FlinkViewMetrics. */
@NullMarked
package io.freshet.monitoring;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Files of rows: CSV, Parquet and JSON lines, read and written alike, wherever Flink's file systems reach. Start at
 * Tables. It knows nothing of views.
 */
@NullMarked
package io.freshet.table;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Histories as Parquet files that outlive their topics. Start at ArchiveSpec.prepare, which says what a run will do, and
 * at Archive, which knows how the files lie. The manifest alone says which files count.
 */
@NullMarked
package io.freshet.archive;

import org.jspecify.annotations.NullMarked;

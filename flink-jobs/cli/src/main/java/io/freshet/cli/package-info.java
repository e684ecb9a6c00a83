/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The command line: one class per command. Start reading at {@link io.freshet.cli.Freshet}. Data goes to standard
 * output, everything said about it to standard error.
 */
@NullMarked
package io.freshet.cli;

import org.jspecify.annotations.NullMarked;

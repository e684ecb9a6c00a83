/* SPDX-License-Identifier: Apache-2.0 */
/** What the console shows, asked from Kafka, Redis and Flink. Start reading at LiveConsole. */
@NullMarked
package io.freshet.cli.console;

import org.jspecify.annotations.NullMarked;

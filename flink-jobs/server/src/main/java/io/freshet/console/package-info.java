/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The console: a page for people, and the JSON that it reads. What it shows comes through {@link
 * io.freshet.console.ConsoleSource}, so that this package knows neither Kafka nor Redis nor Flink. Start reading at Console.
 */
@NullMarked
package io.freshet.console;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
/** Reads features from the online store, typed by a view's definition. For model servers: carries no Flink. */
@NullMarked
package io.freshet.client;

import org.jspecify.annotations.NullMarked;

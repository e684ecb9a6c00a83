/* SPDX-License-Identifier: Apache-2.0 */
/** Where rows and dead letters go: Redis (RedisSink), the history and the dead letters (KafkaSinks). */
@NullMarked
package io.freshet.sink;

import org.jspecify.annotations.NullMarked;

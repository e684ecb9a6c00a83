/* SPDX-License-Identifier: Apache-2.0 */
/** Events from Kafka: decoded once per topic, selected once per view. Start at EventSource. */
@NullMarked
package io.freshet.source;

import org.jspecify.annotations.NullMarked;

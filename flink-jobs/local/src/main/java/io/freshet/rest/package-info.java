/* SPDX-License-Identifier: Apache-2.0 */
/** Flink's REST API as far as Freshet uses it, of any session cluster. Start reading at {@link io.freshet.rest.FlinkRest}. */
@NullMarked
package io.freshet.rest;

import org.jspecify.annotations.NullMarked;

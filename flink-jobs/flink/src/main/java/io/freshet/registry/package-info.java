/* SPDX-License-Identifier: Apache-2.0 */
/** A schema registry that speaks Confluent's REST API. Start at SchemaRegistry. */
@NullMarked
package io.freshet.registry;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Serves features over HTTP: {@link io.freshet.server.FeatureServer} answers what {@link io.freshet.server.Route}s say. Carries
 * no Flink.
 */
@NullMarked
package io.freshet.server;

import org.jspecify.annotations.NullMarked;

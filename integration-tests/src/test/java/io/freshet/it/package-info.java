/* SPDX-License-Identifier: Apache-2.0 */
/** The whole pipeline on a real Kafka broker, a real Redis server and a Flink cluster. */
package io.freshet.it;

/* SPDX-License-Identifier: Apache-2.0 */
/** An example of training on Freshet's features: one classifier, three training sets, and what each promises and keeps. */
@NullMarked
package io.freshet.example.training;

import org.jspecify.annotations.NullMarked;

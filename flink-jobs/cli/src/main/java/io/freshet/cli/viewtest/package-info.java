/* SPDX-License-Identifier: Apache-2.0 */
/** Users' own tests of their views: events and the features that they must give, run by the code of the job. */
@NullMarked
package io.freshet.cli.viewtest;

import org.jspecify.annotations.NullMarked;

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.ViewPlan;
import java.util.List;

/**
 * One test of a view.
 *
 * @param file the file as its author knows it
 * @param text the file's text
 * @param name what the test calls itself, and where
 * @param plan the view
 * @param steps what happens, in order
 */
record ViewTest(String file, String text, Text name, ViewPlan plan, List<Step> steps) {
    ViewTest {
        steps = List.copyOf(steps);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.verify.Replay.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Of several ways to a row all that give it in an order that can be; else the one that gives most of it. */
final class Nearest {

    private static final int MOST_COURSES = 64;

    private final ToIntFunction<Steps> distance;
    private final List<Steps> exact = new ArrayList<>();
    private @Nullable Steps nearest;
    private int least = Integer.MAX_VALUE;

    /**
     * Of no ways yet.
     *
     * @param distance how far steps are from giving the row; 0 where they do
     */
    Nearest(ToIntFunction<Steps> distance) {
        this.distance = distance;
    }

    void consider(Steps steps) {
        int far = distance.applyAsInt(steps);
        if (far == 0) {
            exact.add(steps);
        }
        if (far < least) {
            least = far;
            nearest = steps;
        }
    }

    /** Whether some steps give the row. */
    boolean isFound() {
        return !exact.isEmpty();
    }

    /** Whether there were no steps at all. */
    boolean isNothing() {
        return nearest == null;
    }

    /** The steps to be told of. */
    Steps steps() {
        Steps steps = nearest;
        if (steps == null) {
            throw new IllegalStateException("There are no steps to the row");
        }
        return steps;
    }

    /** Takes the steps, and gives the courses behind the row. */
    List<Course> take() {
        if (exact.size() <= 1) {
            Course only = steps().from();
            only.take(steps());
            return List.of(only);
        }
        List<Course> behind = new ArrayList<>();
        for (Steps steps : exact) {
            Course next = steps.from().fork();
            next.take(steps);
            if (behind.size() < MOST_COURSES && behind.stream().noneMatch(next::leadsToTheSameAs)) {
                behind.add(next);
            }
        }
        return behind;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CategoriesTest {

    @Test
    void countsAreExactUpToTheBound() {
        Categories categories = new Categories();
        for (int i = 0; i < Categories.MOST; i++) {
            for (int times = 0; times <= i % 3; times++) {
                categories.add("text " + i);
            }
        }
        assertThat(categories.error()).isZero();
        assertThat(categories.count("text 5")).isEqualTo(3);
        assertThat(categories.count("text 6")).isEqualTo(1);
        assertThat(categories.distinct()).isCloseTo(Categories.MOST, within(150L));
        assertThat(categories.top(2)).containsExactly("text 1001", "text 1004");
    }

    @Test
    void beyondItCountsAreTooLowByNoMoreThanStated() {
        for (int seed = 0; seed < 5; seed++) {
            List<String> texts = zipf(100_000, seed);
            Map<String, Long> exact = new HashMap<>();
            texts.forEach(text -> exact.merge(text, 1L, Long::sum));
            Categories whole = of(texts);
            Categories merged = of(texts.subList(0, 30_000));
            merged.merge(of(texts.subList(30_000, texts.size())));
            for (Categories each : List.of(whole, merged)) {
                assertThat(each.error()).isPositive().isLessThanOrEqualTo(texts.size() / Categories.KEPT);
                exact.forEach((text, count) ->
                        assertThat(each.count(text)).isBetween(Math.max(0, count - each.error()), count));
                assertThat(each.total()).isEqualTo(texts.size());
            }
            assertThat(merged.distinct()).isEqualTo(whole.distinct());
        }
    }

    @Test
    void ofALongTextAStartAndAHashAreKept() {
        Categories categories = of(List.of("x".repeat(5000), "x".repeat(4999), "", ""));
        assertThat(categories.top(9)).hasSize(3).allMatch(text -> text.length() < 120);
        assertThat(categories.count("")).isEqualTo(2);
        assertThat(categories.distinct()).isEqualTo(3);
    }

    private static Categories of(List<String> texts) {
        Categories categories = new Categories();
        texts.forEach(categories::add);
        return categories;
    }

    /** Texts of which the k-th is some 1 / k as frequent as the first, and many that occur once. */
    private static List<String> zipf(int size, int seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(i % 4 == 0 ? "once " + i : "text " + (int) Math.pow(20_000, random.nextDouble()));
        }
        return texts;
    }
}

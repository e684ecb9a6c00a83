/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntityNumbersTest {

    @Test
    void eachKeyHasANumberOfItsOwnAlsoWhereHashesAreTheSame() {
        Map<String, Integer> expected = new LinkedHashMap<>();
        EntityNumbers numbers = new EntityNumbers();
        for (int i = 0; i < 5_000; i++) {
            expected.put("user-" + i, expected.size());
            // All ways to write twelve pairs of which each has the hash of the other.
            StringBuilder same = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                same.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            expected.putIfAbsent(same.toString(), expected.size());
        }

        expected.forEach((key, number) -> assertThat(numbers.add(key)).isEqualTo(number));

        assertThat(numbers.size()).isEqualTo(expected.size());
        expected.forEach((key, number) -> {
            assertThat(numbers.add(key)).isEqualTo(number);
            assertThat(numbers.of(key)).isEqualTo(number);
        });
        String[] keys = expected.keySet().toArray(String[]::new);
        keys[7] = "user-5000";
        int[] found = new int[keys.length];
        numbers.of(keys, keys.length - 1, found);
        for (int i = 0; i < keys.length - 1; i++) {
            assertThat(found[i]).isEqualTo(expected.getOrDefault(keys[i], EntityNumbers.NONE));
        }
        assertThat(numbers.of("user-5000")).isEqualTo(EntityNumbers.NONE);
        assertThat(new EntityNumbers().of("")).isEqualTo(EntityNumbers.NONE);
    }
}

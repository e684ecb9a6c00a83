/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.console.Activity;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    @Test
    void ofADayEachSoManySamplesAreToldAndTheNewest() {
        List<Activity.Sample> told = Sampler.thinned(samples(17_280));

        assertThat(told).hasSize(720).endsWith(samples(17_280).get(17_279));
        assertThat(told.get(1).at() - told.get(0).at()).isEqualTo(24);
        assertThat(Sampler.thinned(samples(721)))
                .hasSize(361)
                .endsWith(samples(721).get(720));
    }

    @Test
    void ofFewAllAreTold() {
        assertThat(Sampler.thinned(samples(720))).isEqualTo(samples(720));
        assertThat(Sampler.thinned(List.of())).isEmpty();
    }

    private static List<Activity.Sample> samples(long count) {
        return LongStream.range(0, count)
                .mapToObj(at -> new Activity.Sample(at, null, null, at))
                .toList();
    }
}

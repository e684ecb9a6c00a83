/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.RedisClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The Java of the page about reading is this class's own, and it runs. */
class ReadingPageTest {

    private static final Path PAGE = Path.of("docs/reading.md");
    private static final Path SOURCE = Path.of("src/test/java/io/freshet/client/ReadingPageTest.java");

    private static String score(String uri, ViewPlan cards, ViewPlan shops) {
        // page: begin
        FeatureService fraud = FeatureService.builder() // made once: what one model reads
                .view(cards, List.of("n_1h", "age_1h", "ratio"))
                .view(shops)
                .otherwise("cards", "n_1h", 0)
                .build();
        ReaderOptions options = ReaderOptions.redis(uri)
                .namespace("freshet")
                .timeout(Duration.ofMillis(200))
                .build();

        try (FeatureReader reader = FeatureReader.connect(options)) { // one for all threads
            EntityRow payment = EntityRow.of("card", "4711")
                    .and("country", "DE")
                    .and("shop", 7)
                    .request("amount", 12.5);
            FeatureVector read = reader.read(fraud, payment);

            ViewVector card = read.view("cards");
            Long payments = card.longValue("n_1h");
            Double ratio = card.doubleValue("ratio");
            boolean isUsable = card.status() == RowStatus.FRESH;
            String text = payments + " payments, ratio " + ratio + ", " + card.status() + ", usable: " + isUsable;
            // page: end
            return text;
        }
    }

    @Test
    void theExampleReadsWhatThereIs() throws Exception {
        try (RedisNodes server = RedisNodes.one()) {
            RedisClient client = RedisClient.create(server.uris().get(0));
            try {
                long now = System.currentTimeMillis();
                @Nullable Object[] values = {7L, 5.0, null, now, "DE", List.of(1.0), 1_000L, true};
                client.connect()
                        .sync()
                        .hset(
                                OnlineKeys.row("freshet", "cards", "4711"),
                                Payments.fields(Payments.cards(), "4711", now, 1, Long.MIN_VALUE, values));
                client.connect().sync().set(OnlineKeys.watermark("freshet", "cards"), Long.toString(now));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
            assertThat(score(server.uris().get(0), Payments.cards(), Payments.shops()))
                    .isEqualTo("7 payments, ratio 2.5, FRESH, usable: true");
        }
    }

    @Test
    void thePageShowsTheExampleAsItStandsHere() throws Exception {
        String source = Files.readString(SOURCE);
        String begin = "// page: " + "begin\n";
        String example = source.substring(
                source.indexOf(begin) + begin.length(), source.indexOf("            // page: " + "end"));
        String shown = String.join(
                "\n",
                Arrays.stream(example.split("\n"))
                        .map(line -> line.replaceFirst("^ {8}", "    "))
                        .toList());
        assertThat(Files.readString(PAGE)).contains(shown);
    }
}

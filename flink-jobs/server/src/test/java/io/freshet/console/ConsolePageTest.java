/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.server.FeatureServer;
import io.freshet.server.ServerOptions;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser. Pictures of all of it are left in target/console. */
class ConsolePageTest {

    private static final Path PICTURES = Path.of("target", "console");
    private static final int NARROW = 375;

    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put("views", "#/");
        PAGES.put("view", "#/views/user_activity");
        PAGES.put("definition", "#/views/user_activity/definition");
        PAGES.put("entity", "#/views/user_activity/entity?key=PereBot");
        PAGES.put("drift", "#/views/user_activity/drift?baseline=train.parquet&against=last+1d");
        PAGES.put("letters", "#/letters");
        PAGES.put("job", "#/job");
    }

    private static FeatureServer server;
    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Chromium.find();
        assumeTrue(program.isPresent(), "No Chromium is on the PATH: the console's page is not tested");
        server = FeatureServer.start(ServerOptions.loopback(0), Console.routes(new Fixture()));
        browser = Chromium.start(program.get());
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void wide() throws Exception {
        browser.look(1200, 900, "light");
        browser.complaints();
    }

    private static void open(String hash) throws Exception {
        browser.open(URI.create(server.address() + "/console/" + hash));
        browser.await("document.querySelector('main h1') && !document.querySelector('main[aria-busy]')"
                + " && !document.querySelector('progress') && !/Reading.*…/.test(document.body.innerText)");
    }

    private static String text() throws Exception {
        return browser.evaluate("document.querySelector('main').innerText").asText();
    }

    @Test
    void viewsAreListedWithTheirStatus() throws Exception {
        open("#/");

        assertThat(text()).contains("user_activity", "fresh", "stale", "not known", "21 ms", "1,066/s");
        assertThat(browser.evaluate("document.title").asText()).isEqualTo("Views – Freshet");
    }

    @Test
    void whatIsReadIsShownAsTextWhateverItLooksLike() throws Exception {
        for (String hash : PAGES.values()) {
            open(hash);
            browser.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
            assertThat(browser.evaluate("document.querySelectorAll('main img, main b, main script').length")
                            .asInt())
                    .isZero();
            assertThat(browser.evaluate("window.hacked === undefined").asBoolean())
                    .isTrue();
        }
        open("#/letters");
        assertThat(text()).contains(Fixture.MARKUP);
    }

    @Test
    void nothingBreaksThePolicyOfThePageAndNothingFails() throws Exception {
        for (String hash : PAGES.values()) {
            open(hash);
            assertThat(browser.complaints()).as(hash).isEmpty();
        }
    }

    @Test
    void anInlineScriptDoesNotRun() throws Exception {
        open("#/");

        browser.evaluate("(() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 1';"
                + " document.body.append(s); })()");

        assertThat(browser.evaluate("window.hacked === undefined").asBoolean()).isTrue();
    }

    @Test
    void theKeyboardReachesTheContentTheLinksAndTheValuesOfCharts() throws Exception {
        open("#/");
        browser.press("Tab", 9);
        assertThat(focused()).isEqualTo("Skip to content");
        browser.press("Enter", 13);
        browser.press("Tab", 9);
        assertThat(browser.evaluate("document.querySelector('main').contains(document.activeElement)")
                        .asBoolean())
                .isTrue();
        browser.evaluate("document.querySelector('main a[href=\"#/views/user_activity\"]').focus()");
        browser.press("Enter", 13);
        browser.await(
                "document.querySelector('h1').textContent === 'user_activity' && document.querySelector('.plot svg')");
        assertThat(focused()).as("the heading of the new page").isEqualTo("user_activity");

        browser.evaluate("document.querySelectorAll('.plot')[1].focus()");
        browser.press("ArrowLeft", 37);

        assertThat(browser.evaluate("document.querySelectorAll('.readout')[1].textContent")
                        .asText())
                .contains("median", "ms");
    }

    private static String focused() throws Exception {
        return browser.evaluate("document.activeElement.textContent").asText();
    }

    @Test
    void anEntityIsChosenWithItsFormAndReadToTheEndOfItsHistory() throws Exception {
        open("#/views/user_activity/entity");
        browser.evaluate("document.getElementById('key').value = 'Ann|B'");
        browser.evaluate("document.querySelector('form[role=search] button').click()");
        browser.await("document.body.innerText.includes('120 rows of this entity')");

        assertThat(text()).contains("Ann|B", "warming", "among 150,000 records of partition 1 of 4");
        assertThat(browser.evaluate("document.querySelectorAll('figure .line').length")
                        .asInt())
                .isGreaterThan(3);
        assertThat(browser.evaluate("document.querySelectorAll('figure .mark').length")
                        .asInt())
                .isPositive();
        assertThat(browser.evaluate("document.getElementById('live').textContent")
                        .asText())
                .contains("120 rows");
    }

    @Test
    void smallWindowsAreToldApartBesideGreatOnesOnALogarithmicScale() throws Exception {
        open("#/views/user_activity/entity?key=PereBot");

        browser.evaluate("(() => { const scale = document.getElementById('scale'); scale.value = 'bent';"
                + " scale.dispatchEvent(new Event('change')); })()");

        browser.await("[...document.querySelectorAll('figure')[0].querySelectorAll('svg text')]"
                + ".some((each) => each.textContent === '1')");
        browser.picture(PICTURES.resolve("entity-logarithmic.png"));
    }

    @Test
    void aRefusalIsTold() throws Exception {
        open("#/views/nobody");
        assertThat(text()).contains("Unknown view 'nobody'").contains("Known: user_activity");
        open("#/views/user_activity/drift?baseline=sometime&against=last+1d");
        browser.await("document.querySelector('main').innerText.includes('Cannot read time range')");
        open("#/nowhere");
        assertThat(text()).contains("No such page");
    }

    @Test
    void allHasNamesForThoseWhoDoNotSeeIt() throws Exception {
        for (String hash : PAGES.values()) {
            open(hash);
            assertThat(strings(audit())).as(hash).isEmpty();
        }
    }

    @Test
    void textsHaveContrastAndTheNarrowPageDoesNotScrollSideways() throws Exception {
        for (Map.Entry<String, String> page : PAGES.entrySet()) {
            open(page.getValue());
            for (String scheme : List.of("light", "dark")) {
                browser.look(1200, 900, scheme);
                assertThat(strings(script("contrast.js")))
                        .as(page.getKey() + " " + scheme)
                        .isEmpty();
                browser.picture(PICTURES.resolve(page.getKey() + "-" + scheme + ".png"));
            }
            browser.look(NARROW, 800, "light");
            browser.await("document.documentElement.clientWidth === " + NARROW);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as(page.getKey())
                    .isLessThanOrEqualTo(NARROW);
            browser.picture(PICTURES.resolve(page.getKey() + "-narrow.png"));
            browser.look(1200, 900, "light");
        }
    }

    private static JsonNode audit() throws Exception {
        return script("names.js");
    }

    private static JsonNode script(String name) throws Exception {
        try (InputStream in = ConsolePageTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return browser.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(each -> strings.add(each.asText()));
        return strings;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.FunctionPages;
import io.freshet.function.Functions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The pages of reference say what the functions say of themselves, and every function is complete. */
class FunctionPagesTest {

    private static final Path PAGES = Path.of("docs/functions");

    @Test
    void everyGroupHasItsPageAndTheReadmeLinksToIt() throws Exception {
        String readme = Files.readString(PAGES.resolve("README.md"));
        for (Description.Group group : Description.Group.values()) {
            if (!FunctionPages.of(group).isEmpty()) {
                String name = group.name().toLowerCase(Locale.ROOT) + ".md";
                GeneratedFiles.assertIs(PAGES.resolve(name), FunctionPages.page(group));
                assertThat(readme).contains("](" + name + ")");
            }
        }
    }

    @Test
    void everyFunctionSaysAllThatUsersNeedToKnow() {
        for (FeatureFunction function : Functions.all().functions()) {
            Description of = function.description();
            assertThat(new String[] {of.summary(), of.inputs(), of.result(), of.ofNothing(), of.error(), of.state()})
                    .as(function.label())
                    .doesNotContain("");
            assertThat(function.parameters())
                    .allSatisfy(parameter -> assertThat(parameter.summary()).isNotEmpty());
        }
    }
}

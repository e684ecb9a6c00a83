/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondCopyTest {

    private static final String OVERVIEW = """
            {"jobs": [
              {"jid": "a1", "name": "freshet shop", "state": "CANCELED"},
              {"jid": "a2", "name": "freshet shop", "state": "RESTARTING"},
              {"jid": "b1", "name": "freshet other", "state": "RUNNING"}]}
            """;

    @Test
    void aJobOfThatNameThatHasNotEndedIsFound() throws Exception {
        assertThat(SecondCopy.running(OVERVIEW, "freshet shop", "")).contains("a2");
        assertThat(SecondCopy.running(OVERVIEW, "freshet new", "")).isEmpty();
    }

    @Test
    void aJobThatIsStartedAgainUnderItsOwnIdIsNoSecondOne() throws Exception {
        assertThat(SecondCopy.running(OVERVIEW, "freshet shop", "a2")).isEmpty();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it.function;

import io.freshet.expression.ValueType;
import io.freshet.function.AlgebraLaws;
import io.freshet.function.Call;
import io.freshet.function.RefusedCallException;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the test of a user's own function looks like. */
class LongestGapTest {

    @Test
    void itsPartialStatesKeepTheLaws() throws RefusedCallException {
        for (List<ValueType> inputs : List.of(List.<ValueType>of(), List.of(ValueType.STRING))) {
            AlgebraLaws.check(new LongestGap(), new Call(inputs, new TreeMap<>(), OptionalLong.of(60_000)));
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final AtomicLong nanos = new AtomicLong();
    private final CircuitBreaker breaker = new CircuitBreaker(2, Duration.ofNanos(100), nanos::get);

    @Test
    void failuresInARowOpenItAndASuccessBetweenThemDoesNot() {
        breaker.failed();
        breaker.succeeded();
        breaker.failed();
        assertThat(breaker.lets()).isTrue();
        breaker.failed();
        assertThat(breaker.lets()).isFalse();
    }

    @Test
    void afterAWhileOneIsTriedAndItsSuccessLetsAllThrough() {
        open();
        nanos.set(99);
        assertThat(breaker.lets()).isFalse();
        nanos.set(100);
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).as("only one").isFalse();
        breaker.succeeded();
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void theFailureOfTheOneThatIsTriedBeginsAnotherWhile() {
        open();
        nanos.set(100);
        assertThat(breaker.lets()).isTrue();
        breaker.failed();
        nanos.set(199);
        assertThat(breaker.lets()).isFalse();
        nanos.set(200);
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void withoutALimitItNeverOpens() {
        CircuitBreaker never = new CircuitBreaker(0, Duration.ofHours(1), nanos::get);
        never.failed();
        never.failed();
        assertThat(never.lets()).isTrue();
    }

    private void open() {
        breaker.failed();
        breaker.failed();
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import picorn.netstack.icmp.PingResult;
import picorn.netstack.icmp.PingResult.Outcome;

/**
 * What became of a ping.
 *
 * <pre>{@code
 * assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
 * }</pre>
 */
public final class PingAssert extends AbstractAssert<PingAssert, PingResult> {
    PingAssert(PingResult actual) {
        super(actual, PingAssert.class);
    }

    /**
     * It came back unaltered, so soon.
     *
     * <pre>{@code
     * assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
     * }</pre>
     *
     * @param limit virtual time from sending to the answer
     */
    public PingAssert answersWithin(Duration limit) {
        isNotNull();
        if (actual.outcome() != Outcome.ANSWERED) {
            failWithMessage("expected an answer to the ping within %s, but %s", Words.of(limit), inWords());
        }
        if (actual.roundTrip() > limit.toNanos()) {
            failWithMessage("expected an answer to the ping within %s, but it took %s", Words.of(limit), time());
        }
        return this;
    }

    /**
     * Nothing came back for as long as was waited.
     *
     * <pre>{@code
     * assertThat(net.ping("10.0.2.99")).isNotAnswered();
     * }</pre>
     */
    public PingAssert isNotAnswered() {
        isNotNull();
        if (actual.outcome() != Outcome.TIMED_OUT) {
            failWithMessage("expected no answer to the ping, but %s after %s", inWords(), time());
        }
        return this;
    }

    private String inWords() {
        return switch (actual.outcome()) {
            case ANSWERED -> "it came";
            case ALTERED -> "it came with other data than was sent";
            case TIMED_OUT -> "none came for " + time();
            case FAILED -> actual.from() + " said "
                    + actual.error().map(Object::toString).orElse("that it failed");
        };
    }

    private String time() {
        return Words.of(Duration.ofNanos(actual.roundTrip()));
    }
}

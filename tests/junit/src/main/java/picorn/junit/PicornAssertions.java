// SPDX-License-Identifier: MIT
package picorn.junit;

import org.assertj.core.api.Assertions;
import picorn.netstack.icmp.PingResult;

/**
 * AssertJ's assertions and those for what a board gives; one static import takes both.
 *
 * <pre>{@code
 * import static picorn.junit.PicornAssertions.assertThat;
 *
 * assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
 * assertThat(board.register("USART1.CR1")).hasField("UE", 1);
 * assertThat(board.variable("counter").asInt()).isEqualTo(3);
 * }</pre>
 */
public final class PicornAssertions extends Assertions {
    private PicornAssertions() {}

    /**
     * Of a ping.
     *
     * <pre>{@code
     * assertThat(net.ping("10.0.2.15")).answersWithin(ofMillis(5));
     * }</pre>
     */
    public static PingAssert assertThat(PingResult actual) {
        return new PingAssert(actual);
    }

    /**
     * Of a register.
     *
     * <pre>{@code
     * assertThat(board.register("USART1.CR1")).hasField("UE", 1);
     * }</pre>
     */
    public static RegisterAssert assertThat(RegisterView actual) {
        return new RegisterAssert(actual);
    }
}

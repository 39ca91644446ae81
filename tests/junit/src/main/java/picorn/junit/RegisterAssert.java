// SPDX-License-Identifier: MIT
package picorn.junit;

import org.assertj.core.api.AbstractAssert;

/**
 * A register's fields.
 *
 * <pre>{@code
 * assertThat(board.register("USART1.CR1")).hasField("UE", 1).hasField("TE", 1);
 * }</pre>
 */
public final class RegisterAssert extends AbstractAssert<RegisterAssert, RegisterView> {
    RegisterAssert(RegisterView actual) {
        super(actual, RegisterAssert.class);
    }

    /**
     * One of its fields has this value, right-aligned.
     *
     * <pre>{@code
     * assertThat(board.register("RCC.CFGR")).hasField("SWS1", 1);
     * }</pre>
     */
    public RegisterAssert hasField(String field, int value) {
        isNotNull();
        int is = actual.field(field);
        if (is != value) {
            failWithMessage("expected %s.%s to be %d, but it is %d (%s)", actual.name(), field, value, is, actual);
        }
        return this;
    }

    /**
     * All 32 bits.
     *
     * <pre>{@code
     * assertThat(board.register("SCB.CFSR")).hasValue(0);
     * }</pre>
     */
    public RegisterAssert hasValue(int value) {
        isNotNull();
        if (actual.value() != value) {
            failWithMessage("expected %s to be 0x%08x, but it is %s", actual.name(), value, actual);
        }
        return this;
    }
}

// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Adds a board's {@link Situation} to what a test failed with. */
final class BoardFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private BoardFailure(String situation) {
        super(situation, null, false, false);
    }

    /** An assertion's message gets longer; any other exception gets the situation as a suppressed one. */
    static Throwable explained(Throwable failure, List<String> situation) {
        if (failure instanceof AssertionError error) {
            return longer(error, String.join("\n", situation));
        }
        failure.addSuppressed(new BoardFailure("\n" + String.join("\n", situation)));
        return failure;
    }

    private static AssertionError longer(AssertionError failure, String situation) {
        String message = "%s\n%s".formatted(failure.getMessage() == null ? "" : failure.getMessage(), situation);
        AssertionError longer = failure instanceof AssertionFailedError values && values.isExpectedDefined()
                ? new AssertionFailedError(message, values.getExpected(), values.getActual(), failure.getCause())
                : new AssertionFailedError(message, failure.getCause());
        longer.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            longer.addSuppressed(suppressed);
        }
        return longer;
    }

    @Override
    public String toString() {
        return getMessage();
    }
}

// SPDX-License-Identifier: MIT
package picorn.netstack.host.namespace;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What happens to a test that the host lacks something for: skipped on a user's machine, failed in CI, which has to have it. */
final class Unavailable {
    private Unavailable() {}

    static <T> T because(String reason) {
        return "true".equals(System.getenv("CI")) ? Assertions.fail(reason) : Assumptions.abort(reason);
    }
}

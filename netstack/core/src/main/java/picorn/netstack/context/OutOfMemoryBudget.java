// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** The memory budget does not suffice for something that was asked for. */
public final class OutOfMemoryBudget extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfMemoryBudget(String message) {
        super(message);
    }
}

// SPDX-License-Identifier: MIT
package picorn.emulator.state;

/** State that a snapshot keeps: what is saved and loaded into a fresh object makes both behave the same from then on. */
public interface Saved {
    /** Writes all state that is not configuration. Changes nothing. */
    void save(StateWriter out);

    /**
     * Reads what {@link #save} wrote, in the same order.
     *
     * @throws StateMismatch when it is of another shape
     */
    void load(StateReader in);
}

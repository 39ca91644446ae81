// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.util.List;

/**
 * The state of objects that have no code of their own for it: the fields of all that can be reached from them within some packages. What
 * is not of these packages, a lambda or a part of the host's, stays as it is in the objects that are loaded into, which were put
 * together as those that were saved.
 *
 * <pre>{@code
 * new ObjectState(List.of("picorn.netstack."), List.of("picorn.netstack.host."), List.of(wire, gateway)).save(out);
 * }</pre>
 */
public final class ObjectState implements Saved {
    private final ObjectShape shape;
    private final List<?> roots;

    /**
     * Of {@code roots}.
     *
     * @param packages whose classes it goes into, with those below them
     * @param except packages below them, of which that is not so
     */
    public ObjectState(List<String> packages, List<String> except, List<?> roots) {
        shape = new ObjectShape(packages, except);
        this.roots = List.copyOf(roots);
    }

    /** @throws IllegalStateException naming the field, when one holds something that cannot be saved */
    @Override
    public void save(StateWriter out) {
        new ObjectWriter(shape, out).write(roots);
    }

    @Override
    public void load(StateReader in) {
        new ObjectReader(shape, in).read(roots);
    }
}

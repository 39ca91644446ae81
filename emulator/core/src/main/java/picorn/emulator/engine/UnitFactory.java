// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.invoke.MethodHandles;
import picorn.emulator.engine.translate.Methods;
import picorn.emulator.engine.translate.Unsupported;

/** Makes {@link Translated}s. By one thread at a time. */
final class UnitFactory {
    /** HotSpot never compiles longer methods. */
    static final int LONGEST_CODE = 8000;

    private static final MethodHandles.Lookup LOOKUP = Core.lookup();

    private final Methods methods = new Methods(UnitFactory.class.getClassLoader());
    private final NotTranslated notTranslated = new NotTranslated();

    /** Whether the last one is too long for HotSpot. */
    private boolean tooLong;

    /** Translates a region. */
    Translated translate(Region region) {
        while (true) {
            UnitWriter writer = new UnitWriter(region, methods, notTranslated);
            try {
                byte[] file = writer.write();
                tooLong = writer.size() >= LONGEST_CODE;
                return define(file, writer.interpreted.toArray(Instruction[]::new));
            } catch (Unsupported reason) {
                // noted by the writer: that encoding is interpreted from now on
            }
        }
    }

    /** Whether the unit made last is too long to be compiled. */
    boolean madeTooLong() {
        return tooLong;
    }

    NotTranslated notTranslated() {
        return notTranslated;
    }

    private static Translated define(byte[] file, Instruction[] interpreted) {
        try {
            Class<?> unit = LOOKUP.defineHiddenClass(file, true, MethodHandles.Lookup.ClassOption.NESTMATE)
                    .lookupClass();
            return (Translated) unit.getDeclaredConstructor(Instruction[].class).newInstance((Object) interpreted);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("a translated unit is refused", failure);
        }
    }
}

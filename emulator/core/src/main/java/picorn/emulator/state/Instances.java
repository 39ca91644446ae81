// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import java.lang.reflect.Constructor;

/** Makes objects whose fields are all loaded afterwards, by the way that the JDK keeps for that (module {@code jdk.unsupported}). */
final class Instances {
    private static final String FACTORY = "sun.reflect.ReflectionFactory";

    private Instances() {}

    /** One without its constructors being called. */
    static Object of(Class<?> type) {
        try {
            Class<?> factory = Class.forName(FACTORY); // by name, since javac warns of it
            Object instance = factory.getMethod("getReflectionFactory").invoke(null);
            Constructor<?> plain =
                    (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                            .invoke(instance, type, Object.class.getDeclaredConstructor());
            return plain.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no %s; take one with jdk.unsupported".formatted(FACTORY), e);
        }
    }
}

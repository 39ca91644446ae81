// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The methods of classes, read from their class files once. */
public final class Methods {
    private final ClassLoader loader;
    private final Map<String, Map<String, Code>> classes = new HashMap<>();

    /** Of the classes that {@code loader} finds. */
    public Methods(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * The code of a method.
     *
     * @throws Unsupported if the class, which {@code owner} names as class files do, has none of this name and descriptor
     */
    public Code find(String owner, String name, String descriptor) {
        Code code = classes.computeIfAbsent(owner, this::read).get(name + descriptor);
        if (code == null) {
            throw new Unsupported("no code of %s.%s".formatted(owner, name));
        }
        return code;
    }

    private Map<String, Code> read(String owner) {
        Map<String, Code> methods = new HashMap<>();
        try (InputStream file = loader.getResourceAsStream(owner + ".class")) {
            if (file != null) {
                new ClassReader(file)
                        .accept(new Collector(owner, methods), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return methods;
    }

    private static final class Collector extends ClassVisitor {
        private final String owner;
        private final Map<String, Code> methods;

        Collector(String owner, Map<String, Code> methods) {
            super(Opcodes.ASM9);
            this.owner = owner;
            this.methods = methods;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new CodeReader(owner, access, name, descriptor, code -> methods.put(name + descriptor, code));
        }
    }
}

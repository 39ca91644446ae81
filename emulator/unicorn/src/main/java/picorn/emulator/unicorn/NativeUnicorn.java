// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picorn.emulator.cpu.EngineUnavailable;

/** Unicorn's shared library, taken out of the artifact {@code unidbg-unicorn2} and loaded once a JVM. */
final class NativeUnicorn {
    private static final String REMEDY = "; choose another engine with --engine";

    private final NativeLibrary library;
    private final Uc.Control control;
    private final ExclusiveLayout exclusiveLayout;
    private CounterLayout counterLayout;

    private NativeUnicorn(NativeLibrary library, Uc.Control control) {
        this.library = library;
        this.control = control;
        exclusiveLayout = Calibration.exclusive(this);
    }

    /** Loads on first use; a failure is told again each time. */
    private static final class Holder {
        private static final NativeUnicorn LOADED;
        private static final EngineUnavailable FAILURE;

        static {
            NativeUnicorn loaded = null;
            EngineUnavailable failure = null;
            try {
                loaded = open();
            } catch (EngineUnavailable e) {
                failure = e;
            }
            LOADED = loaded;
            FAILURE = failure;
        }
    }

    /**
     * The library of this host.
     *
     * @throws EngineUnavailable when there is none that can be used
     */
    static NativeUnicorn get() {
        if (Holder.FAILURE != null) {
            throw Holder.FAILURE;
        }
        return Holder.LOADED;
    }

    /** Where Unicorn keeps the exclusive monitor. */
    ExclusiveLayout exclusiveLayout() {
        return exclusiveLayout;
    }

    /** Where Unicorn keeps its count; found out when first asked for. */
    synchronized CounterLayout counterLayout() {
        if (counterLayout == null) {
            counterLayout = Calibration.counter(this);
        }
        return counterLayout;
    }

    /** Calls {@code uc_ctl}; slow, since variadic. */
    int control(long uc, int what, Object... arguments) {
        return control.uc_ctl(new Pointer(uc), what, arguments);
    }

    /** Address of an exported function. */
    long function(String name) {
        return Pointer.nativeValue(library.getFunction(name));
    }

    /** Adds a hook whose callback is a native function; {@code begin} above {@code end} means everywhere. */
    int addNativeHook(long uc, long handle, int type, long function, long data, long begin, long end) {
        return library.getFunction("uc_hook_add")
                .invokeInt(new Object[] {uc, handle, type, function, data, begin, end});
    }

    private static NativeUnicorn open() {
        String resource = resource();
        Path file = extract(resource);
        try {
            NativeLibrary library = NativeLibrary.getInstance(file.toString());
            Native.register(Uc.class, library);
            return new NativeUnicorn(library, Native.load(file.toString(), Uc.Control.class));
        } catch (UnsatisfiedLinkError e) {
            throw new EngineUnavailable(
                    "engine 'unicorn': the library for %s lacks Unicorn's C interface (%s)%s"
                            .formatted(Platform.RESOURCE_PREFIX, firstLine(e), REMEDY),
                    e);
        }
    }

    private static String resource() {
        String directory =
                switch (Platform.RESOURCE_PREFIX) {
                    case "linux-x86-64" -> "linux_64";
                    case "linux-aarch64" -> "linux_arm64";
                    case "darwin-x86-64" -> "osx_64";
                    case "darwin-aarch64" -> "osx_arm64";
                    case "win32-x86-64" -> "windows_64";
                    default -> throw new EngineUnavailable("engine 'unicorn': there is no native library for %s%s"
                            .formatted(Platform.RESOURCE_PREFIX, REMEDY));
                };
        String name = Platform.isWindows() ? "unicorn.dll" : Platform.isMac() ? "libunicorn.dylib" : "libunicorn.so";
        return "/natives/" + directory + "/" + name;
    }

    private static Path extract(String resource) {
        try (InputStream in = NativeUnicorn.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new EngineUnavailable(
                        "engine 'unicorn': %s is not on the class path; add the artifact unidbg-unicorn2"
                                .formatted(resource));
            }
            Path file = Files.createTempFile("picorn-", resource.substring(resource.lastIndexOf('/') + 1));
            file.toFile().deleteOnExit();
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new EngineUnavailable(
                    "engine 'unicorn': its library cannot be written to %s (%s); set -Djava.io.tmpdir"
                            .formatted(System.getProperty("java.io.tmpdir"), firstLine(e)),
                    e);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}

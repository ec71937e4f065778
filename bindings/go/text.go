package fedval

// #include <fedval/status.h>
// static const char nothing[1];
// static const char *text_of_nothing(void) { return nothing; }
import "C"

import "unsafe"

// textOf lends a string to one call of C: its bytes and their number. The C library keeps nothing of them.
func textOf(text string) (*C.char, C.size_t) {
	if text == "" {
		return C.text_of_nothing(), 0
	}
	// The data pointer is the first word of a string in every Go since 1.0; unsafe.StringData came with 1.20.
	return (*C.char)(*(*unsafe.Pointer)(unsafe.Pointer(&text))), C.size_t(len(text))
}

// textOrNull lends a string, or NULL where it is empty: nothing was given.
func textOrNull(text string) (*C.char, C.size_t) {
	if text == "" {
		return nil, 0
	}
	return textOf(text)
}

// bytesOf lends bytes to one call of C.
func bytesOf(bytes []byte) (unsafe.Pointer, C.size_t) {
	if len(bytes) == 0 {
		return unsafe.Pointer(C.text_of_nothing()), 0
	}
	return unsafe.Pointer(&bytes[0]), C.size_t(len(bytes))
}

// take copies a text that the library handed over, and frees it.
func take(text *C.char, length C.size_t) []byte {
	defer C.fedval_text_free(text)
	return C.GoBytes(unsafe.Pointer(text), C.int(length))
}

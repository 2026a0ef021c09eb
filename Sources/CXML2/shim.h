#pragma once
// Debian builds libxml2 with ICU, whose headers clash with the ones Foundation brings along.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

// xmlFree is a mutable global function pointer, which Swift 6 refuses to read.
static inline void ova_xml_free(void *memory) { xmlFree(memory); }
